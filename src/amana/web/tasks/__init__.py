"""What is to be done: lists by desk and person, one task with how it passed from hand to hand."""
