"""`python -m amana` is the `amana` command."""

from amana.cli import main

if __name__ == "__main__":
    main()
