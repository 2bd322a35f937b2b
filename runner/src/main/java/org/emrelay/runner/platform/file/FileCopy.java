package org.emrelay.runner.platform.file;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies a file. Where the file system can, a large copy shares its blocks with the original until one of them changes. */
final class FileCopy {
    /** Copying less takes no longer than starting a process. */
    private static final long MIN_BYTES_TO_CLONE = 16L << 20;

    private FileCopy() {}

    /** The target must not exist. */
    static void copy(Path source, Path target) throws IOException {
        if (Files.size(source) < MIN_BYTES_TO_CLONE || !clone(source, target)) {
            Files.copy(source, target);
        }
    }

    /** Java has no call for it. False where cp or the file system cannot clone; then there is no target. */
    static boolean clone(Path source, Path target) throws IOException {
        if (Files.exists(target)) {
            return false;
        }
        Process process;
        try {
            process = new ProcessBuilder("cp", "--reflink=always", "--", source.toString(), target.toString())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException noSuchProgram) {
            return false;
        }
        try {
            if (process.waitFor() == 0) {
                return true;
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly().onExit().join();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(target);
        return false;
    }
}
