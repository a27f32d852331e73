"""The hold-out: one fifth of COCO val2017, chosen by image number, that nothing is ever trained on."""


def is_held_out(image_id: int) -> bool:
    return (image_id * 2654435761 % 2**32) / 2**32 < 0.2
