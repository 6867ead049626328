"""Register: lists on their way in, and the batches they became."""
