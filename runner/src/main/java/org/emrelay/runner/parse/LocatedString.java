package org.emrelay.runner.parse;

/**
 * A list element with its JSON path.
 * The path is kept because invalid elements are dropped, which shifts the indexes of the rest.
 *
 * @param path its JSON path
 */
record LocatedString(String value, String path) {}
