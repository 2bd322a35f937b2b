package org.emrelay.runner.platform.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
    @TempDir
    private Path temporary;

    private Path tree;

    @BeforeEach
    void createTree() throws IOException {
        tree = temporary.toRealPath().resolve("tree");
        Files.createDirectories(tree.resolve("disk"));
        Files.writeString(tree.resolve("disk/file"), "");
        Files.createDirectories(temporary.resolve("other"));
        Files.writeString(temporary.resolve("other/file"), "");
    }

    @Test
    void deletionNeverCrossesAMountPoint() throws IOException {
        MountPoints mounts = new MountPoints(List.of(Path.of("/"), tree.resolve("disk")));

        assertThatThrownBy(() -> FileTree.delete(tree, mounts))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(tree + ": not deleted, because " + tree.resolve("disk")
                        + " is a mount point. Unmount it first");
        assertThat(tree.resolve("disk/file")).exists();
    }

    @Test
    void deletionUnlinksLinksAndKeepsTheirTargets() throws IOException {
        Files.createSymbolicLink(tree.resolve("link"), temporary.resolve("other"));
        Files.createSymbolicLink(temporary.resolve("root"), temporary.resolve("other"));

        FileTree.delete(tree);
        FileTree.delete(temporary.resolve("root"));

        assertThat(temporary.resolve("other/file")).exists();
        assertThat(temporary.toFile().list()).containsExactly("other");
    }

    @Test
    void aFifoIsNotCopied() throws Exception {
        Path fifo = tree.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(() -> FileTree.copy(tree, temporary.resolve("copy")))
                .hasMessage(fifo + ": not copied, because it is neither a file nor a directory");
    }

    @Test
    void readsMountPointsWithBlanksAndOtherCharacters() {
        MountPoints mounts = MountPoints.parse(List.of(
                "36 35 98:0 /mnt1 /data\\040disk\\134x/b\u00c3\u00bc rw,noatime master:1 - ext3 /dev/root rw,errors=continue",
                "broken"));

        assertThat(mounts.paths()).containsExactly(Path.of("/data disk\\x/b\u00fc"));
    }
}
