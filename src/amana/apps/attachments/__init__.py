"""Papers kept with a case: files under keys of their own, of the class of the record they go with."""
