package dev.netkb.api.read.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A channel of which only so much may be read until it is set free. */
final class BoundedChannel implements SeekableByteChannel {

    private final SeekableByteChannel channel;
    private final Refusal beyond;
    private long left;

    BoundedChannel(SeekableByteChannel channel, long most, Refusal beyond) {
        this.channel = channel;
        this.left = most;
        this.beyond = beyond;
    }

    void setFree() {
        left = Long.MAX_VALUE;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        int read = channel.read(buffer);
        left -= Math.max(0, read);
        if (left < 0) {
            throw beyond;
        }
        return read;
    }

    @Override
    public int write(ByteBuffer buffer) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws ClosedChannelException {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
