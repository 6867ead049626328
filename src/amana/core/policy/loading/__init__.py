"""From the parsed files of a pack to a `Pack`, or to every fault in them: `pack.build_pack`."""
