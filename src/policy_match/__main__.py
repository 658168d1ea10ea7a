"""`python -m policy_match`."""

from policy_match.cli import main

if __name__ == "__main__":
    main()
