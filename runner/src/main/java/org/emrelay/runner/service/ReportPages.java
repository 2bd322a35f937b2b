package org.emrelay.runner.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.RunnerException;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.platform.file.PrivateFiles;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.overview.RunOverview;
import org.emrelay.runner.report.page.RunPage;

/** The report pages of the runs of a pipeline: in the folder of each run in the workspace, and the last one beside the results. */
public final class ReportPages {
    private static final String NAME = "report.html";

    /** At the beginning of every page: only such files are replaced. */
    private static final String SIGN = "<meta name=\"generator\" content=\"Emrelay run report\">";

    private static final int LONGEST_BEGINNING = 1000;

    private final Path file;
    private final Progress progress;
    private boolean refused;

    public ReportPages(Application app, String pipeline, ResultsTarget results) {
        this.file = results.directory(app.context(), pipeline).resolve(NAME);
        this.progress = app.progress();
    }

    /** Where the page is, for people; empty without one. */
    public static String text(Optional<Path> page) {
        return page.map(file -> "Report: " + file.toUri() + "\n").orElse("");
    }

    /** Writes the page of a run that is executing, beside the results. */
    void writeLive(RunOverview run) {
        html(run).ifPresent(this::write);
    }

    /** Empty if the page cannot be made: a report must not fail the run that it is about. Warns once. */
    private Optional<String> html(RunOverview run) {
        try {
            return Optional.of(RunPage.of(run).html());
        } catch (RuntimeException | LinkageError failure) {
            // A build may have replaced the jar of this process.
            if (!refused) {
                refused = true;
                progress.warn("The report could not be made: " + failure);
            }
            return Optional.empty();
        }
    }

    /**
     * Writes the page of a run to its folder in the workspace and beside the results.
     *
     * @return the one beside the results; empty if it could not be written
     */
    public Optional<Path> write(RunOverview run, Workspace workspace) {
        Optional<String> html = html(run);
        if (html.isEmpty()) {
            return Optional.empty();
        }
        try {
            workspace.write("runs/" + run.run() + "/" + NAME, html.get().getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RunnerException failure) {
            progress.warn("The report could not be written to the workspace. " + failure.getMessage());
        }
        return write(html.get()) ? Optional.of(file) : Optional.empty();
    }

    private boolean write(String html) {
        if (refused) {
            return false;
        }
        try {
            if (isOfOthers()) {
                throw new IOException(
                        file + " exists and is not a report. Move it, or pass another directory with --to.");
            }
            Files.createDirectories(Objects.requireNonNull(file.getParent(), "below the results"));
            PrivateFiles.write(file, html.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException failure) {
            refused = true;
            progress.warn("The report could not be written. " + failure.getMessage());
            return false;
        }
    }

    private boolean isOfOthers() throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        } else if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        try (var content = Files.newInputStream(file)) {
            return !new String(content.readNBytes(LONGEST_BEGINNING), StandardCharsets.UTF_8).contains(SIGN);
        }
    }
}
