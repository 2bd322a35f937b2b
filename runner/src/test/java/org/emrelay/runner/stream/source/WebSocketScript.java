package org.emrelay.runner.stream.source;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Frames of a WebSocket server (RFC 6455), for scripts. */
final class WebSocketScript {
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PONG = 10;

    private final Peer peer;

    private WebSocketScript(Peer peer) {
        this.peer = peer;
    }

    static WebSocketScript accept(Peer peer) throws IOException {
        String key = peer.header("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.UTF_8));
            peer.send(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                            + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n");
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
        return new WebSocketScript(peer);
    }

    WebSocketScript text(String... messages) throws IOException {
        for (String message : messages) {
            frame(TEXT, true, message.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    /** One message in frames of some bytes each. */
    WebSocketScript fragments(String message, int size) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += size) {
            int to = Math.min(bytes.length, from + size);
            frame(from == 0 ? TEXT : 0, to == bytes.length, Arrays.copyOfRange(bytes, from, to));
        }
        return this;
    }

    WebSocketScript binary(byte[] message) throws IOException {
        frame(BINARY, true, message);
        return this;
    }

    WebSocketScript close(int code, String reason) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(code >> 8);
        payload.write(code);
        payload.writeBytes(reason.getBytes(StandardCharsets.UTF_8));
        frame(CLOSE, true, payload.toByteArray());
        return this;
    }

    WebSocketScript pong() throws IOException {
        frame(PONG, true, new byte[0]);
        return this;
    }

    /** Reads the next frame of the client, and returns its opcode; 9 is a ping. */
    int awaitFrame() throws IOException {
        DataInputStream in = new DataInputStream(peer.in());
        int opcode = in.readUnsignedByte() & 0xf;
        int length = in.readUnsignedByte() & 0x7f;
        in.readNBytes(4 + length);
        return opcode;
    }

    void awaitClose() throws IOException {
        peer.awaitClose();
    }

    private void frame(int opcode, boolean last, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write((last ? 0x80 : 0) | opcode);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else if (payload.length < 1 << 16) {
            frame.write(126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        frame.writeBytes(payload);
        peer.send(frame.toByteArray());
    }
}
