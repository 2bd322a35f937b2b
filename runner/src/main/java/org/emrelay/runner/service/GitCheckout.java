package org.emrelay.runner.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The Git checkout that contains a directory, read without the program git, which may be missing.
 *
 * @param gitDirectory of this checkout
 * @param commonDirectory of its repository; another one for a linked worktree
 */
record GitCheckout(Path gitDirectory, Path commonDirectory) {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    static Optional<GitCheckout> of(Path directory) {
        for (Path parent = directory; parent != null; parent = parent.getParent()) {
            Path git = parent.resolve(".git");
            try {
                if (Files.isDirectory(git)) {
                    return Optional.of(new GitCheckout(git, git));
                } else if (Files.isRegularFile(git)) {
                    Path linked = parent.resolve(content(git).replaceFirst("^gitdir: *", ""));
                    Path common = linked.resolve("commondir");
                    return Optional.of(
                            new GitCheckout(linked, Files.exists(common) ? linked.resolve(content(common)) : linked));
                }
            } catch (IOException | RuntimeException unreadable) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The commit that is checked out; empty if there is none yet. */
    String commit() {
        try {
            String head = content(gitDirectory.resolve("HEAD"));
            String commit = head.startsWith("ref: ") ? ofBranch(head.substring("ref: ".length())) : head;
            return COMMIT.matcher(commit).matches() ? commit : "";
        } catch (IOException | RuntimeException unreadable) {
            return "";
        }
    }

    private String ofBranch(String branch) throws IOException {
        Path loose = commonDirectory.resolve(branch).normalize();
        if (Files.isRegularFile(loose)) {
            return content(loose);
        }
        Path packed = commonDirectory.resolve("packed-refs");
        return Files.exists(packed)
                ? Files.readAllLines(packed).stream()
                        .filter(line -> line.endsWith(" " + branch))
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .findFirst()
                        .orElse("")
                : "";
    }

    private static String content(Path file) throws IOException {
        return Files.readString(file).strip();
    }
}
