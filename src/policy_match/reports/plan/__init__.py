"""The firm's plan: what to do, by when, with which papers, and what comes after."""
