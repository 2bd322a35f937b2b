package endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes down a text, below the note that it reads if it is given one. It has no need of Spark, and so is quick. */
public final class Note {
    public static void main(String[] arguments) throws IOException {
        Flags flags = new Flags(arguments);
        String above = flags.has("above") ? Files.readString(flags.path("above").resolve("note.txt")) : "";
        Path output = Files.createDirectories(flags.path("output"));
        Files.writeString(output.resolve("note.txt"), above + flags.text("text") + "\n");
    }
}
