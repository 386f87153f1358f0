"""What authorities did: the ladder of response and the kinds of silence."""
