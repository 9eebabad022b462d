package dev.rollcall.discovery;

/** Backups take traffic only while no primary can. */
public enum Tier {
  PRIMARY,
  BACKUP
}
