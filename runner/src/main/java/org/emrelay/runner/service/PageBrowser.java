package org.emrelay.runner.service;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;

/** Opens a page in the user's browser. */
final class PageBrowser {
    /** On Linux, macOS and the Windows Subsystem for Linux. */
    private static final List<String> PROGRAMS = List.of("xdg-open", "open", "wslview");

    private final RunnerContext context;

    PageBrowser(RunnerContext context) {
        this.context = context;
    }

    void open(Path page) {
        String program = PROGRAMS.stream()
                .map(this::find)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> CommandFailure.platform("Cannot open the page: none of the programs "
                        + String.join(", ", PROGRAMS) + " is on the PATH. Open " + page.toUri() + " in a browser."));
        ProcessBuilder browser = new ProcessBuilder(program, page.toUri().toString())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        browser.environment().clear();
        browser.environment().putAll(context.environment());
        try {
            browser.start();
        } catch (IOException exception) {
            throw CommandFailure.platform("Cannot open the page with " + program + ": " + exception.getMessage()
                    + ". Open " + page.toUri() + " in a browser.");
        }
    }

    private Optional<String> find(String program) {
        StringTokenizer directories =
                new StringTokenizer(context.environment().getOrDefault("PATH", ""), File.pathSeparator);
        while (directories.hasMoreTokens()) {
            Path file = Path.of(directories.nextToken()).resolve(program);
            if (Files.isExecutable(file) && Files.isRegularFile(file)) {
                return Optional.of(file.toString());
            }
        }
        return Optional.empty();
    }
}
