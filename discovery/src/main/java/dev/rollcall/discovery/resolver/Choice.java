package dev.rollcall.discovery.resolver;

import dev.rollcall.discovery.Endpoint;

/**
 * One that may be chosen.
 *
 * @param id of the instance and its start
 * @param weight its share, at least 1, by its own word or the operator's
 */
record Choice(String id, Endpoint endpoint, int weight) {}
