package org.emrelay.jobs.wordclouds.words;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A word finder that can be broadcast.
 *
 * <p>Each executor JVM deserializes it once, and all its tasks share it and its cache. The annotators are serialized
 * up front because they reference the Spark session, which Spark would traverse to estimate the size of the
 * broadcast.
 */
final class SerializedWordFinder implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long MAX_CACHE_BYTES = 256L << 20;
    private static final long HEAP_DIVISOR = 8;

    private final byte[] serialized;

    private transient volatile @Nullable WordFinder deserialized;

    private SerializedWordFinder(byte[] serialized) {
        this.serialized = serialized;
    }

    static SerializedWordFinder of(AnnotatorChain annotators) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(annotators);
        } catch (IOException failed) {
            throw new UncheckedIOException("serializing the annotators failed", failed);
        }
        return new SerializedWordFinder(bytes.toByteArray());
    }

    WordFinder finder() {
        WordFinder finder = deserialized;
        return finder == null ? deserialize() : finder;
    }

    private synchronized WordFinder deserialize() {
        WordFinder finder = deserialized;
        if (finder == null) {
            finder = new WordFinder(annotators(), new ChunkCache(cacheBytes()));
            deserialized = finder;
        }
        return finder;
    }

    private AnnotatorChain annotators() {
        try (ObjectInputStream stream = new JobClassLoadingStream(new ByteArrayInputStream(serialized))) {
            return (AnnotatorChain) stream.readObject();
        } catch (IOException failed) {
            throw new UncheckedIOException("deserializing the annotators failed", failed);
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException("a Spark NLP class is missing on this executor", missing);
        }
    }

    private static long cacheBytes() {
        return Math.min(MAX_CACHE_BYTES, Runtime.getRuntime().maxMemory() / HEAP_DIVISOR);
    }

    /**
     * Resolves classes in the job's class loader; Java's own stream uses Spark's, which does not see the jars of a
     * job.
     */
    private static final class JobClassLoadingStream extends ObjectInputStream {
        private JobClassLoadingStream(InputStream stream) throws IOException {
            super(stream);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass descriptor) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(descriptor.getName(), false, SerializedWordFinder.class.getClassLoader());
            } catch (ClassNotFoundException primitive) {
                return super.resolveClass(descriptor);
            }
        }
    }
}
