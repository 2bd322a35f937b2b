package org.emrelay.runner.profile;

/** The files that SQL scans read, each scan counted. */
public record FilesRead(long files, long bytes) {}
