mod desk;
mod durability;
mod exports;
mod frames;
mod layers;
mod merging;
mod screens;
mod sessions;
