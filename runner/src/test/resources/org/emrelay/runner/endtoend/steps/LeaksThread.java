package endtoend;

import java.io.IOException;
import java.nio.file.Files;

/** Does its work, but leaves a thread behind that never ends. */
public final class LeaksThread {
    public static void main(String[] arguments) throws IOException {
        System.setProperty("spark.app.name", "leaked");
        new Thread(() -> {
                    while (true) {
                        try {
                            Thread.sleep(3_600_000);
                        } catch (InterruptedException exception) {
                            // It is a thread that nothing ends.
                        }
                    }
                })
                .start();
        Files.writeString(Files.createDirectories(new Flags(arguments).path("output")).resolve("done.txt"), "done\n");
    }
}
