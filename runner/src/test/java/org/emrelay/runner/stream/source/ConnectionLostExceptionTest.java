package org.emrelay.runner.stream.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class ConnectionLostExceptionTest {
    private static String reason(Throwable error) {
        return ConnectionLostException.network(error).reason();
    }

    @Test
    void namesTheReasonWhereJavaHasNoMessage() {
        Throwable unknownHost = new ConnectException().initCause(new UnresolvedAddressException());

        assertThat(reason(new CompletionException(unknownHost))).isEqualTo("unknown host");
        assertThat(reason(new ConnectException().initCause(new ClosedChannelException())))
                .isEqualTo("connection refused");
        assertThat(reason(new IOException("connection reset"))).isEqualTo("connection reset");
    }
}
