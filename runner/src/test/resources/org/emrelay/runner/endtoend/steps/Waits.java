package endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes half of its output, starts a process of its own, says in a file that it is that far, and goes on when another file is there.
 */
public final class Waits {
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Flags flags = new Flags(arguments);
        Path output = Files.createDirectories(flags.path("output"));
        Files.writeString(output.resolve("half-" + ProcessHandle.current().pid() + ".txt"), "one half\n");
        Process child = new ProcessBuilder("sleep", "3600").start();
        Path signs = flags.path("signs");
        Files.createFile(signs.resolve("waiting-" + ProcessHandle.current().pid()));
        while (!Files.exists(signs.resolve("go"))) {
            Thread.sleep(20);
        }
        child.destroyForcibly().waitFor();
        Files.writeString(output.resolve("whole.txt"), "the other half\n");
    }
}
