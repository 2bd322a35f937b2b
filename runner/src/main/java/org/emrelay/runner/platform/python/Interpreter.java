package org.emrelay.runner.platform.python;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A Python interpreter on this machine.
 *
 * @param version such as {@code 3.11}
 */
public record Interpreter(String executable, String version) {
    private static final String PROBE = "import sys; print('%d.%d' % sys.version_info[:2])";

    public Interpreter {
        Objects.requireNonNull(executable, "executable");
        Objects.requireNonNull(version, "version");
    }

    /** Asks an interpreter for its version; empty if it cannot be started or is not Python 3. */
    static Optional<Interpreter> probe(String executable, InstallerProcess process) {
        try {
            InstallerProcess.Output output =
                    process.run("", Path.of(System.getProperty("java.io.tmpdir")), List.of(executable, "-c", PROBE));
            String version = output.text().strip();
            return output.isSuccess() && version.matches("3\\.[0-9]+")
                    ? Optional.of(new Interpreter(executable, version))
                    : Optional.empty();
        } catch (IOException noSuchProgram) {
            return Optional.empty();
        }
    }

    /** Finds an interpreter of a version on the PATH, or the default one if it has that version. */
    static Optional<Interpreter> find(
            String version, String fallback, ProgramSearch programs, InstallerProcess process) {
        for (String name : List.of("python" + version, fallback)) {
            Optional<Path> program = programs.find(name);
            // The shim of a version manager may exist for a version that is not selected.
            Optional<Interpreter> found = program.flatMap(file -> probe(file.toString(), process))
                    .filter(interpreter -> interpreter.version().equals(version));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
