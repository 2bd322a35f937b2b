package endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes half of its output, prints a line, starts a child process, creates a marker file, and continues when the marker {@code
 * go} exists.
 */
public final class WaitForMarker {
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Flags flags = new Flags(arguments);
        Path output = Files.createDirectories(flags.path("output"));
        Files.writeString(output.resolve("half-" + ProcessHandle.current().pid() + ".txt"), "one half\n");
        Process child = new ProcessBuilder("sleep", "3600").start();
        Path markers = flags.path("markers");
        System.out.println("waiting for a marker");
        Files.createFile(markers.resolve("waiting-" + ProcessHandle.current().pid()));
        while (!Files.exists(markers.resolve("go"))) {
            Thread.sleep(20);
        }
        child.destroyForcibly().waitFor();
        Files.writeString(output.resolve("whole.txt"), "the other half\n");
    }
}
