"""`python -m amana.worker` works until a signal ends it; `amana worker` looks at the office first."""

from amana.start import start_office

if __name__ == "__main__":
    start_office()
    from amana.worker.loop import main

    main()
