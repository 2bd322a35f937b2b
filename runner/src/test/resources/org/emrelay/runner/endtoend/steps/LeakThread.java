package endtoend;

import java.io.IOException;
import java.nio.file.Files;

/** Writes its output but leaves a thread that never ends. */
public final class LeakThread {
    public static void main(String[] arguments) throws IOException {
        System.setProperty("spark.app.name", "leaked");
        new Thread(() -> {
                    while (true) {
                        try {
                            Thread.sleep(3_600_000);
                        } catch (InterruptedException exception) {
                            // Ignored: this thread must never end.
                        }
                    }
                })
                .start();
        Files.writeString(Files.createDirectories(new Flags(arguments).path("output")).resolve("done.txt"), "done\n");
    }
}
