package org.emrelay.runner.platform.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileCopyTest {
    private static final int LARGE = 20 << 20;

    @TempDir
    private Path directory;

    private Path source;
    private Path target;

    @BeforeEach
    void createFile() throws IOException {
        source = Files.write(directory.resolve("-source"), new byte[LARGE]);
        target = directory.resolve("target");
    }

    /** Whether or not this file system can clone. */
    @Test
    void aCopyHasTheContentAndChangesForItself() throws IOException {
        FileCopy.copy(source, target);

        assertThat(target).hasSameBinaryContentAs(source);
        Files.writeString(source, "changed");
        assertThat(Files.size(target)).isEqualTo(LARGE);
    }

    @Test
    void aCloneEitherSucceedsOrLeavesNothing() throws IOException {
        assertThat(FileCopy.clone(source, target)).isEqualTo(Files.exists(target));
        assertThat(FileCopy.clone(directory.resolve("none"), directory.resolve("other")))
                .isFalse();
        assertThat(directory.resolve("other")).doesNotExist();
    }

    @Test
    void anInterruptDoesNotLoseTheCopy() throws IOException {
        Thread.currentThread().interrupt();
        FileCopy.copy(source, target);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(target).hasSameBinaryContentAs(source);
    }

    @Test
    void neverReplacesAFile() throws IOException {
        Files.writeString(target, "mine");

        assertThatThrownBy(() -> FileCopy.copy(source, target)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).hasContent("mine");
    }
}
