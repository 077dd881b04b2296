// The directory's script; golden sites only have to name it.
