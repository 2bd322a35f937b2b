package endtoend;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Leaves half an output and fails the first time; the second time all is well. */
public final class FailsOnce {
    public static void main(String[] arguments) throws IOException {
        Flags flags = new Flags(arguments);
        Path output = Files.createDirectories(flags.path("output"));
        try {
            Files.createFile(flags.path("signs").resolve("tried"));
            Files.writeString(output.resolve("half.txt"), "one half\n");
        } catch (FileAlreadyExistsException secondTime) {
            Files.writeString(output.resolve("whole.txt"), "all of it\n");
            return;
        }
        throw new IllegalStateException("the first time never works");
    }
}
