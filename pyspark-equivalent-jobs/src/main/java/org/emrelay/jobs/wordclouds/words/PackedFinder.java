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
 * A word finder that can be broadcast: each executor's JVM unpacks it once, and all its tasks share it with its cache.
 * The annotators travel packed, for they hold on to the session, through all of which Spark would walk to measure them.
 */
final class PackedFinder implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long MOST_CACHED_BYTES = 256L << 20;
    private static final long PART_OF_THE_HEAP = 8;

    private final byte[] packed;

    private transient volatile @Nullable WordFinder unpacked;

    private PackedFinder(byte[] packed) {
        this.packed = packed;
    }

    static PackedFinder of(Annotators annotators) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(annotators);
        } catch (IOException failed) {
            throw new UncheckedIOException("packing the annotators failed", failed);
        }
        return new PackedFinder(bytes.toByteArray());
    }

    WordFinder finder() {
        WordFinder finder = unpacked;
        return finder == null ? unpack() : finder;
    }

    private synchronized WordFinder unpack() {
        WordFinder finder = unpacked;
        if (finder == null) {
            finder = new WordFinder(annotators(), new ChunkCache(cacheBytes()));
            unpacked = finder;
        }
        return finder;
    }

    private Annotators annotators() {
        try (ObjectInputStream stream = new Unpacking(new ByteArrayInputStream(packed))) {
            return (Annotators) stream.readObject();
        } catch (IOException failed) {
            throw new UncheckedIOException("unpacking the annotators failed", failed);
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException("a class of Spark NLP is missing on this executor", missing);
        }
    }

    private static long cacheBytes() {
        return Math.min(MOST_CACHED_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_THE_HEAP);
    }

    /** Java's own looks for classes in Spark's loader, which does not know the jars of a job. */
    private static final class Unpacking extends ObjectInputStream {
        private Unpacking(InputStream stream) throws IOException {
            super(stream);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, PackedFinder.class.getClassLoader());
            } catch (ClassNotFoundException primitive) {
                return super.resolveClass(description);
            }
        }
    }
}
