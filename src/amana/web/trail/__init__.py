"""The trail itself: anchors and the whole trail to take out, what was erased, and who saw one person."""
