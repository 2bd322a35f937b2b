package org.emrelay.runner.platform.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What an installer works on, for messages.
 *
 * @param owner who needs the packages, such as {@code Step 'counts'}
 * @param packages what is installed
 */
record InstallerTask(String owner, String packages) {
    private static final long MEGABYTE = 1_000_000;

    InstallerTask {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(packages, "packages");
    }

    /** @param failure what the command would have failed to do */
    void run(InstallerProcess process, Path directory, List<String> command, String failure) throws IOException {
        InstallerProcess.Output output = process.run("Installing " + packages, directory, command);
        if (!output.isSuccess() && output.text().isBlank()) {
            // As with a full disk, which takes no output.
            Path cache = Objects.requireNonNullElse(directory.getParent(), directory);
            throw new PythonException(owner + ": " + failure + ". The command ended with exit code " + output.exitCode()
                    + " and printed nothing. Free space in " + cache + ": "
                    + Files.getFileStore(directory).getUsableSpace() / MEGABYTE + " MB.");
        } else if (!output.isSuccess()) {
            String program = Path.of(command.get(0)).getFileName().toString().equals("uv") ? "uv" : "pip";
            throw new PythonException(owner + ": " + failure + ". " + program + " says:" + output.lastLines());
        }
    }
}
