"""What the published schemas say, and that all we ship and write obeys."""
