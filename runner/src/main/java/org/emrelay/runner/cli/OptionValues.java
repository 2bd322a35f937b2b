package org.emrelay.runner.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options, and says in the user's words why one cannot be read. */
final class OptionValues {
    private OptionValues() {}

    /** Empty text would silently mean the current directory. */
    static Path path(String written) {
        if (written.isEmpty()) {
            throw new TypeConversionException("a path is needed, and it is empty");
        }
        try {
            return Path.of(written);
        } catch (InvalidPathException exception) {
            throw new TypeConversionException("'" + written
                    + "' is no path of this machine; letters beyond ASCII need a UTF-8 locale, such as LC_ALL=C.UTF-8");
        }
    }

    static <E extends Enum<E>> E choice(String written, E[] choices) {
        for (E choice : choices) {
            if (choice.name().equalsIgnoreCase(written)) {
                return choice;
            }
        }
        throw new TypeConversionException("'" + written + "' is neither "
                + Stream.of(choices)
                        .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" nor ")));
    }
}
