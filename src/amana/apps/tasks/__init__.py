"""What is to be done about whom, by which desk and by when: raised from the records, never by hand."""
