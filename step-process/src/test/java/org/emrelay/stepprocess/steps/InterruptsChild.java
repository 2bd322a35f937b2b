package org.emrelay.stepprocess.steps;

import java.io.IOException;

/** Starts a child process that sends itself SIGINT. */
public final class InterruptsChild {

    private InterruptsChild() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        System.exit(new ProcessBuilder("sh", "-c", "kill -INT $$; echo survived")
                .inheritIO()
                .start()
                .waitFor());
    }
}
