/**
 * The registry's own logic, over any store of text: what instances, proxies and watchers write and
 * read, when, and what they believe. {@code memory} and {@code hazelcast} bring the store.
 */
@NullMarked
package dev.rollcall.discovery.store;

import org.jspecify.annotations.NullMarked;
