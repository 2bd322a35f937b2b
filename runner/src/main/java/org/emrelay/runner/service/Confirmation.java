package org.emrelay.runner.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/** Asks the user to confirm a deletion or a large download; {@code --yes} confirms in advance. */
public final class Confirmation {
    /** A larger download from S3 needs confirmation: it takes time and costs money. */
    public static final long LARGE_DOWNLOAD_BYTES = 1_000_000_000;

    private final RunnerContext context;
    private final boolean confirmed;

    public Confirmation(RunnerContext context, boolean confirmed) {
        this.context = Objects.requireNonNull(context, "context");
        this.confirmed = confirmed;
    }

    public void require(String question) throws IOException {
        if (confirmed) {
            return;
        }
        if (!context.terminal().interactive()) {
            throw CommandFailure.refused(question + " Not a terminal: pass --yes to confirm.");
        }
        context.err().print(question + " [y/N] ");
        context.err().flush();
        BufferedReader reader = new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8));
        String answer = reader.readLine();
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw CommandFailure.refused("Cancelled. Nothing was changed.");
        }
    }
}
