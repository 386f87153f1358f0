"""Charts as light pages for frames on other sites: no session, one document, readable without scripts."""

from atlas.publish.embeds.frame import Embed, embed, message, policy
from atlas.publish.embeds.heights import frame_height
from atlas.publish.embeds.theme import THEMES

__all__ = ["THEMES", "Embed", "embed", "frame_height", "message", "policy"]
