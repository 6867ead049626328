"""What is to be done, by when and at which desk; a task ends when the facts it comes from end."""
