package org.emrelay.stepprocess.steps;

import java.nio.file.Files;
import java.nio.file.Path;

/** Throws if its input file does not exist. */
public final class Throws {

    private Throws() {}

    public static void main(String[] args) {
        if (Files.notExists(Path.of(args[0]))) {
            throw new IllegalStateException("no titles in " + args[0]);
        }
    }
}
