"""`python -m sonla_cli`."""

from sonla_cli.cli import main

if __name__ == "__main__":
    main()
