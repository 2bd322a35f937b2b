package org.emrelay.runner.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Sha256Test {

    /** As {@code printf 'grüße 1' | sha256sum} prints it. */
    @Test
    void hashesTextsAndBytesInOrder() {
        Sha256 digest = new Sha256().add("grüße");
        digest.add(" 1, and more".getBytes(StandardCharsets.UTF_8), 2);

        assertThat(digest.hex(16)).isEqualTo("e473d5cc02750e72");
    }
}
