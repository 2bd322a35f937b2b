package org.emrelay.runner.spec;

/**
 * A string of a list together with where it stands, which its index no longer tells once another element was refused.
 *
 * @param path its JSON path
 */
record TextAt(String text, String path) {}
