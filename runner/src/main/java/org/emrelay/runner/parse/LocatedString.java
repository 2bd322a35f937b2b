package org.emrelay.runner.parse;

/**
 * A string of a list together with where it stands, which its index no longer tells once another element was refused.
 *
 * @param path its JSON path
 */
record LocatedString(String text, String path) {}
