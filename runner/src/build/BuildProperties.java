import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes what {@code --version} prints: the versions of Emrelay and Spark, and the commit.
 *
 * <p>Arguments: the root of the repository, the file, the two versions. Without Git or a repository, the commit is empty.
 */
final class BuildProperties {
    private BuildProperties() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
        Path file = Path.of(arguments[1]);
        String text = "version=%s\nspark=%s\ncommit=%s\n".formatted(arguments[2], arguments[3], commit(root));
        // A changed time would have Maven make the jar again, which a running program may be reading.
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
    }

    /** A repository around this one, in which its sources were unpacked, has other commits. */
    private static String commit(Path root) throws InterruptedException {
        if (!Files.exists(root.resolve(".git"))) {
            return "";
        }
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--abbrev=12", "--exclude=*", "--dirty=-modified")
                    .directory(root.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String printed = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? printed : "";
        } catch (IOException missing) {
            return "";
        }
    }
}
