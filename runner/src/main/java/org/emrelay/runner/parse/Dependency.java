package org.emrelay.runner.parse;

/**
 * A step's word that it needs another one.
 *
 * @param path where it says so
 * @param step the other's name as written, which may be no step's
 * @param data whether it reads what the other wrote, or only follows it
 */
record Dependency(String path, String step, boolean data) {}
