package endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a note, appended to the note of its optional input. Fast because it does not use Spark. */
public final class WriteNote {
    public static void main(String[] arguments) throws IOException {
        Flags flags = new Flags(arguments);
        String above = flags.has("above") ? Files.readString(flags.path("above").resolve("note.txt")) : "";
        Path output = Files.createDirectories(flags.path("output"));
        Files.writeString(output.resolve("note.txt"), above + flags.text("text") + "\n");
    }
}
