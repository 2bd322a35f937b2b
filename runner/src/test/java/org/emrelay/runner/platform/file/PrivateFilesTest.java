package org.emrelay.runner.platform.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateFilesTest {
    @TempDir
    Path directory;

    /** Otherwise a power failure can leave an empty file under the new name, or the old name. */
    @Test
    void flushesTheContentBeforeRenamingAndTheDirectoryAfterwards() throws IOException {
        Path file = directory.resolve("state.json");
        Files.writeString(file, "old");
        List<String> states = new ArrayList<>();

        PrivateFiles.write(
                file,
                "new".getBytes(StandardCharsets.UTF_8),
                path -> states.add((path.equals(directory) ? "directory" : Files.readString(path)) + ": "
                        + Files.readString(file)));

        assertThat(states).containsExactly("new: old", "directory: new");
    }

    /** Java's message has no path. */
    @Test
    void aFullDiskIsReportedWithThePathAndLeavesTheOldContent() throws IOException {
        Path file = directory.resolve("state.json");
        Files.writeString(file, "old");

        assertThatThrownBy(() -> PrivateFiles.write(file, new byte[1], path -> {
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(file + ": No space left on device");

        assertThat(file).hasContent("old");
        assertThat(directory).isDirectoryNotContaining(child -> child.toString().endsWith(".tmp"));
    }

    @Test
    void writesOnRealDisks() throws IOException {
        Path file = directory.resolve("state.json");

        PrivateFiles.write(file, "new".getBytes(StandardCharsets.UTF_8));

        assertThat(file).hasContent("new");
        assertThat(directory).isDirectoryNotContaining(child -> child.toString().endsWith(".tmp"));
    }
}
