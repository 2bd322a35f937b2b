package org.emrelay.runner.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Asks once before something is lost; where nobody can be asked, {@code --yes} must have been given. */
final class Confirmation {
    private final CliContext world;
    private final boolean given;

    private Confirmation(CliContext world, boolean given) {
        this.world = world;
        this.given = given;
    }

    static Confirmation of(CliContext world, boolean given) {
        return new Confirmation(world, given);
    }

    void require(String question) throws IOException {
        if (given) {
            return;
        }
        if (!world.terminal().interactive()) {
            throw CommandFailure.refused(question + " Nobody can be asked here: say --yes.");
        }
        world.err().print(question + " [y/N] ");
        world.err().flush();
        BufferedReader reader = new BufferedReader(new InputStreamReader(world.in(), StandardCharsets.UTF_8));
        String answer = reader.readLine();
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw CommandFailure.refused("Nothing was changed.");
        }
    }
}
