package org.emrelay.runner.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GitCheckoutTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path directory;

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private String commit(String in) {
        return GitCheckout.of(directory.resolve(in)).map(GitCheckout::commit).orElse("none");
    }

    @Test
    void findsTheCommitOfABranch() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(".git/refs/heads/main", COMMIT + "\n");

        assertThat(commit("a/b")).isEqualTo(COMMIT);
    }

    @Test
    void findsTheCommitOfAPackedBranch() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(".git/packed-refs", "# pack-refs\n" + COMMIT + " refs/heads/main\n");

        assertThat(commit("")).isEqualTo(COMMIT);
    }

    @Test
    void findsTheCommitOfALinkedWorktree() throws IOException {
        write("main/.git/refs/heads/side", COMMIT + "\n");
        write("main/.git/worktrees/side/HEAD", "ref: refs/heads/side\n");
        write("main/.git/worktrees/side/commondir", "../..\n");
        write("side/.git", "gitdir: " + directory.resolve("main/.git/worktrees/side") + "\n");

        assertThat(commit("side")).isEqualTo(COMMIT);
    }

    @Test
    void knowsNoCommitWithoutOne() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");

        assertThat(commit("")).isEmpty();
        write(".git/HEAD", "<script>\n");
        assertThat(commit("")).isEmpty();
    }
}
