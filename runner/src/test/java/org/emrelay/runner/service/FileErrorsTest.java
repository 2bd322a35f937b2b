package org.emrelay.runner.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

final class FileErrorsTest {
    @Test
    void namesTheFileAndTheReason() {
        assertThat(FileErrors.sentence(new AccessDeniedException("/a"))).isEqualTo("Permission denied: /a.");
        assertThat(FileErrors.sentence(new NoSuchFileException("/a"))).isEqualTo("/a does not exist.");
        assertThat(FileErrors.sentence(new FileSystemException("/a", null, "Read-only file system")))
                .isEqualTo("/a: Read-only file system.");
        assertThat(FileErrors.sentence(new DirectoryNotEmptyException("/a"))).isEqualTo("/a: directory not empty.");
    }
}
