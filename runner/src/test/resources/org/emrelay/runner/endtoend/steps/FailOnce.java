package endtoend;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes half of its output and fails on the first attempt; succeeds on the second. */
public final class FailOnce {
    public static void main(String[] arguments) throws IOException {
        Flags flags = new Flags(arguments);
        Path output = Files.createDirectories(flags.path("output"));
        try {
            Files.createFile(flags.path("markers").resolve("attempted"));
            Files.writeString(output.resolve("half.txt"), "one half\n");
        } catch (FileAlreadyExistsException secondAttempt) {
            Files.writeString(output.resolve("whole.txt"), "all of it\n");
            return;
        }
        throw new IllegalStateException("the first attempt always fails");
    }
}
